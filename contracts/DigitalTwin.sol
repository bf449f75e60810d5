// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC721} from "solady/tokens/ERC721.sol";
import {EIP712} from "solady/utils/EIP712.sol";

import {Soulbound} from "./Soulbound.sol";
import {IDigitalTwin} from "./interfaces/IDigitalTwin.sol";
import {IERC5192} from "./interfaces/IERC5192.sol";
import {ITokenMetadata} from "./interfaces/ITokenMetadata.sol";
import {SignedBy} from "./libraries/SignedBy.sol";
import {Authority, Consent, EpochRaise, Policy, SerialRaise} from "./types/Consent.sol";

/// @title The ownership token of a digital replica
/// @dev The policy lies beside the owner in the token's own slot: uses 32 | categories 32 | least owner's share 16.
contract DigitalTwin is Soulbound, EIP712, IDigitalTwin {
    using SignedBy for address;

    struct Counters {
        uint32 epoch;
        uint32 nonce;
        uint32 leastSerial;
    }

    uint256 private constant WHOLE_BPS = 10_000;

    bytes32 private constant CONSENT_TYPEHASH =
        keccak256("Consent(string memo,address owner,bytes32 replica,address guardian,bytes32 salt,uint40 deadline)");
    bytes32 private constant POLICY_TYPEHASH = keccak256(
        "Policy(string memo,uint256 twinId,uint32 uses,uint32 categories,uint16 leastOwnerBps,uint32 nonce,uint40 deadline)"
    );
    bytes32 private constant EPOCH_RAISE_TYPEHASH =
        keccak256("EpochRaise(string memo,uint256 twinId,uint32 nonce,uint40 deadline)");
    bytes32 private constant SERIAL_RAISE_TYPEHASH =
        keccak256("SerialRaise(string memo,uint256 twinId,uint32 leastSerial,uint32 nonce,uint40 deadline)");

    ITokenMetadata private immutable _METADATA;

    mapping(uint256 twinId => Counters) private _counters;

    constructor(ITokenMetadata metadata) {
        _METADATA = metadata;
    }

    /// @inheritdoc IDigitalTwin
    function mint(Consent calldata consent, bytes calldata signature) external returns (uint256 twinId) {
        SignedBy.requireBefore(consent.deadline);
        twinId = twinIdOf(consent);
        require(!_exists(twinId), TwinExists(twinId));
        consent.owner.requireSigned(bytes32(twinId), signature);

        _mint(consent.owner, twinId);

        emit TwinMinted(twinId, consent.owner, consent);
        emit Locked(twinId);
    }

    /// @inheritdoc IDigitalTwin
    function setPolicy(Policy calldata policy, bytes calldata signature) external {
        bytes32 structHash = keccak256(
            abi.encode(
                POLICY_TYPEHASH,
                policy.memo,
                policy.twinId,
                policy.uses,
                policy.categories,
                policy.leastOwnerBps,
                policy.nonce,
                policy.deadline
            )
        );
        _act(policy.twinId, policy.nonce, policy.deadline, structHash, signature);
        require(policy.leastOwnerBps <= WHOLE_BPS, LeastShareOverWhole(policy.leastOwnerBps));

        _setExtraData(
            policy.twinId,
            (uint96(policy.uses) << 48) | (uint96(policy.categories) << 16) | uint96(policy.leastOwnerBps)
        );

        emit PolicySet(policy.twinId, policy.uses, policy.categories, policy.leastOwnerBps);
    }

    /// @inheritdoc IDigitalTwin
    function raiseEpoch(EpochRaise calldata act, bytes calldata signature) external {
        bytes32 structHash = keccak256(abi.encode(EPOCH_RAISE_TYPEHASH, act.memo, act.twinId, act.nonce, act.deadline));
        Counters storage counters = _act(act.twinId, act.nonce, act.deadline, structHash, signature);

        counters.epoch += 1;

        emit EpochRaised(act.twinId, counters.epoch);
    }

    /// @inheritdoc IDigitalTwin
    function raiseLeastSerial(SerialRaise calldata act, bytes calldata signature) external {
        bytes32 structHash = keccak256(
            abi.encode(SERIAL_RAISE_TYPEHASH, act.memo, act.twinId, act.leastSerial, act.nonce, act.deadline)
        );
        Counters storage counters = _act(act.twinId, act.nonce, act.deadline, structHash, signature);
        require(act.leastSerial > counters.leastSerial, SerialNotHigher(act.leastSerial, counters.leastSerial));

        counters.leastSerial = act.leastSerial;

        emit LeastSerialRaised(act.twinId, act.leastSerial);
    }

    /// @dev What every signed act on a twin must pass; raises the nonce, so that it passes once.
    function _act(uint256 twinId, uint32 nonce, uint40 deadline, bytes32 structHash, bytes calldata signature)
        private
        returns (Counters storage counters)
    {
        address owner = _ownerOf(twinId);
        counters = _counters[twinId];
        require(owner != address(0), TwinUnknown(twinId));
        SignedBy.requireBefore(deadline);
        require(nonce == counters.nonce, NonceWrong(nonce, counters.nonce));
        owner.requireSigned(_hashTypedData(structHash), signature);

        counters.nonce = nonce + 1;
    }

    /// @inheritdoc IDigitalTwin
    function authority(uint256 twinId) public view returns (Authority memory) {
        address owner = _ownerOf(twinId);
        require(owner != address(0), TwinUnknown(twinId));

        uint96 policy = _getExtraData(twinId);
        Counters memory counters = _counters[twinId];
        return Authority({
            owner: owner,
            epoch: counters.epoch,
            nonce: counters.nonce,
            leastSerial: counters.leastSerial,
            // The casts cut the policy's word into its fields.
            uses: uint32(policy >> 48),
            categories: uint32(policy >> 16),
            leastOwnerBps: uint16(policy)
        });
    }

    /// @inheritdoc IDigitalTwin
    function payeeOf(uint256 twinId) external view returns (address owner) {
        owner = _ownerOf(twinId);
        require(owner != address(0), TwinUnknown(twinId));
    }

    /// @inheritdoc IDigitalTwin
    function twinIdOf(Consent calldata consent) public view returns (uint256) {
        return uint256(
            _hashTypedData(
                keccak256(
                    abi.encode(
                        CONSENT_TYPEHASH,
                        consent.memo,
                        consent.owner,
                        consent.replica,
                        consent.guardian,
                        consent.salt,
                        consent.deadline
                    )
                )
            )
        );
    }

    /// @inheritdoc IERC5192
    function locked(uint256 tokenId) external view returns (bool) {
        require(_exists(tokenId), TwinUnknown(tokenId));
        return true;
    }

    /// @inheritdoc ERC721
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == type(IERC5192).interfaceId || super.supportsInterface(interfaceId);
    }

    /// @inheritdoc ERC721
    function name() public pure override returns (string memory) {
        return "TwinRights Twin";
    }

    /// @inheritdoc ERC721
    function symbol() public pure override returns (string memory) {
        return "TWIN";
    }

    /// @inheritdoc ERC721
    function tokenURI(uint256 id) public view override returns (string memory) {
        return _METADATA.twinURI(id, authority(id));
    }

    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("TwinRights Twin", "1");
    }
}
